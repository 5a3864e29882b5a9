# Run: gnuplot -d curve-frechet.gp
set terminal svg size 900,686 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'curve-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet over training (lower is better)' at screen 0.013333, screen 0.97376 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.93878 to screen 0.04, screen 0.93878 nohead lc rgb '#444444' lw 1.8 dt 1
set label 'none' at screen 0.046667, screen 0.93878 left font ',12' noenhanced
set arrow from screen 0.10098, screen 0.93878 to screen 0.12764, screen 0.93878 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'r1' at screen 0.13431, screen 0.93878 left font ',12' noenhanced
set arrow from screen 0.17369, screen 0.93878 to screen 0.20036, screen 0.93878 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'wgan-gp' at screen 0.20702, screen 0.93878 left font ',12' noenhanced
set arrow from screen 0.28373, screen 0.93878 to screen 0.3104, screen 0.93878 nohead lc rgb '#009E73' lw 1.8 dt 1
set label 'consensus' at screen 0.31707, screen 0.93878 left font ',12' noenhanced
set arrow from screen 0.40871, screen 0.93878 to screen 0.43538, screen 0.93878 nohead lc rgb '#CC79A7' lw 1.8 dt 1
set label 'noise' at screen 0.44204, screen 0.93878 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [0:600]
set xtics ('0' 0, '200' 200, '400' 400, '600' 600)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'nonsaturating · alternating' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
unset xlabel
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 0 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 1 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 2 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 3 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 4 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 0 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 1 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 2 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 3 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 4 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'nonsaturating · simultaneous' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 5 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 6 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 7 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 8 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 9 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 5 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 6 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 7 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 8 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 9 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'nonsaturating · extragradient' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 10 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 11 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 12 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 13 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 14 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 10 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 11 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 12 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 13 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 14 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'minimax · alternating' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
unset xlabel
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 15 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 16 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 17 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 18 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 19 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 15 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 16 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 17 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 18 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 19 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'minimax · simultaneous' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 20 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 21 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 22 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 23 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 24 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 20 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 21 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 22 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 23 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 24 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'minimax · extragradient' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
unset xlabel
unset ylabel
plot 'curve-frechet.dat' index 25 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 26 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 27 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 28 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 29 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 25 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 26 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 27 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 28 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 29 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'wasserstein · alternating' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
set xlabel 'generator step' offset 0,0.4
set ylabel 'frechet' offset 1.4,0 noenhanced
plot 'curve-frechet.dat' index 30 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 31 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 32 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 33 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 34 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 30 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 31 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 32 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 33 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 34 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'wasserstein · simultaneous' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet.dat' index 35 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 36 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 37 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 38 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 39 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 35 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 36 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 37 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 38 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 39 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'wasserstein · extragradient' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [6.5501e-31:353.6]
set ytics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet.dat' index 40 using 1:3:4 with filledcurves fc rgb '#444444' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 41 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 42 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 43 using 1:3:4 with filledcurves fc rgb '#009E73' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 44 using 1:3:4 with filledcurves fc rgb '#CC79A7' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet.dat' index 40 using 1:2 with lines lc rgb '#444444' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 41 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 42 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 43 using 1:2 with lines lc rgb '#009E73' lw 1.8 dt 1 notitle, \
  'curve-frechet.dat' index 44 using 1:2 with lines lc rgb '#CC79A7' lw 1.8 dt 1 notitle
unset multiplot
set output
