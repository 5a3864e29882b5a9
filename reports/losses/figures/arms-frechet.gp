# Run: gnuplot -d arms-frechet.gp
set terminal svg size 900,572 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'arms-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet (lower is better)' at screen 0.013333, screen 0.96853 left font ',14' noenhanced
set grid x lc rgb '#e4e4e4' lt 1
set bars 0.4
set yrange [24.5:0.5]
set logscale x
set xrange [4.8448e-5:2.2173]
set xtics ('1e-4' 1e-4, '0.001' 0.001, '0.01' 0.01, '0.1' 0.1, '1' 1)
set lmargin at screen 0.12951
set rmargin at screen 0.48444
set tmargin at screen 0.8951
set bmargin at screen 0.083916
set title 'regularizer = none' font ',12' offset 0,-0.7 noenhanced
set ytics ('nonsaturating' 1, 'minimax' 2, 'hinge' 3, 'wasserstein' 4, 'lsgan' 5, 'absolute' 6, 'relativistic' 7, 'average' 8, 'kl' 9, 'reverse-kl' 10, 'pearson' 11, 'hellinger' 12, 'jeffrey' 13, 'softmax' 14, 'dual-contrastive' 15, 'kl-wgan' 16, 'gan-qp' 17, 'mmd' 18, 'scaled-mmd' 19, 'cramer' 20, 'moment-matching' 21, 'ebgan' 22, 'began' 23, 'infomax' 24) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 0 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 1 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 2 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 3 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 4 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 5 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset label
unset arrow
set lmargin at screen 0.62951
set rmargin at screen 0.98444
set tmargin at screen 0.8951
set bmargin at screen 0.083916
set title 'regularizer = r1' font ',12' offset 0,-0.7 noenhanced
set ytics ('nonsaturating' 1, 'minimax' 2, 'hinge' 3, 'wasserstein' 4, 'lsgan' 5, 'absolute' 6, 'relativistic' 7, 'average' 8, 'kl' 9, 'reverse-kl' 10, 'pearson' 11, 'hellinger' 12, 'jeffrey' 13, 'softmax' 14, 'dual-contrastive' 15, 'kl-wgan' 16, 'gan-qp' 17, 'mmd' 18, 'scaled-mmd' 19, 'cramer' 20, 'ebgan' 21, 'began' 22, 'infomax' 23) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 6 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 7 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 8 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 9 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 10 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 11 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset multiplot
set output
