# Run: gnuplot -d curve-frechet.gp
set terminal svg size 900,890 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'curve-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet over training (lower is better): regularizer = none' at screen 0.013333, screen 0.97978 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.95281 to screen 0.04, screen 0.95281 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'the panel’s arm' at screen 0.046667, screen 0.95281 left font ',12' noenhanced
set arrow from screen 0.18311, screen 0.95281 to screen 0.20978, screen 0.95281 nohead lc rgb '#444444' lw 1.2 dt 1
set label 'baseline: nonsaturating' at screen 0.21644, screen 0.95281 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [0:2000]
set xtics ('0' 0, '500' 500, '1000' 1000, '1500' 1500, '2000' 2000)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'minimax' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 1 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 0 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 1 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'hinge' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 3 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 2 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 3 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'wasserstein' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 5 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 4 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 5 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'lsgan' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 7 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 6 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 7 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'absolute' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 9 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 8 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 9 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'relativistic' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 11 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 10 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 11 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'average' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 13 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 12 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 13 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'kl' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 15 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 14 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 15 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'reverse-kl' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 17 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 16 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 17 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'pearson' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
set xlabel 'generator step' offset 0,0.4
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 19 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 18 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 19 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'hellinger' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet.dat' index 21 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 20 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 21 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'jeffrey' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [1.789e-4:4.0732]
set ytics ('3e-4' 3e-4, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3, '1' 1, '3' 3)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet.dat' index 23 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 22 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet.dat' index 23 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
unset multiplot
set output
